"""What is new for saved questions, and how is it told?"""

from webui.alerts.command import alert_command

__all__ = [
    "alert_command",
]
