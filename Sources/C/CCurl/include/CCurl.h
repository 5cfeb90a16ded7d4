#ifndef HAECHI_CCURL_H
#define HAECHI_CCURL_H
// libcurl (Debian libcurl4-openssl-dev) sets its options through a variadic function, which Swift
// cannot call; these are the typed forms of it that Haechi uses.
#include <curl/curl.h>
#include <sys/socket.h>

CURLcode haechi_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode haechi_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode haechi_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
typedef size_t (*haechi_curl_transfer)(char *buffer, size_t size, size_t count, void *context);
CURLcode haechi_curl_set_write(CURL *handle, haechi_curl_transfer function, void *context);
CURLcode haechi_curl_set_read(CURL *handle, haechi_curl_transfer function, void *context);
CURLcode haechi_curl_set_header(CURL *handle, haechi_curl_transfer function, void *context);
long haechi_curl_response_code(CURL *handle);

struct haechi_curl_door {
    // Asked with the very address a socket is about to connect to; 0 keeps the socket from being made.
    int (*admits)(const struct sockaddr *address, void *context);
    // Asked about once a second, and whenever something moves; 0 ends the transfer.
    int (*continues)(void *context);
    void *context;
};
// The door must outlive the transfer.
CURLcode haechi_curl_set_door(CURL *handle, struct haechi_curl_door *door);
#endif
