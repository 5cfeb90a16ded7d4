// libsodium (Debian libsodium-dev): Argon2id password hashing.
#include <sodium.h>
