"""The child's side: sealed appeals, their grants, and the mailbox. Knows no user, no session, no cookie."""
