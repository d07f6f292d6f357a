"""The routes to help in an emergency: one table of constants, never from the database.

Read by the emergency card, the help page, the open feed and the gate.
Source: facts/helplines.md section 4.1 to 4.3, gathered on 22 November 2026.
"""
