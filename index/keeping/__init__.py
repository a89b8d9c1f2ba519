"""How is an index kept sound: verified, rewritten, copied, made to forget?"""

from index.keeping.forgetting import Receipt
