"""What is new for saved questions, and how is it told?"""

from webui.alerts.command import alert_command

COMMANDS = (alert_command,)
