"""The console: where officers read appeals, answer them and pass them on. The server here only ever holds ciphertext."""
