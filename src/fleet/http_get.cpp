#include "fleet/http_get.hpp"

#include <curl/curl.h>
#include <dlfcn.h>

#include <memory>

namespace plimsoll::fleet {
namespace {

// The functions of libcurl that are needed.
struct Curl {
    decltype(&curl_easy_init) init = nullptr;
    decltype(&curl_easy_setopt) setopt = nullptr;
    decltype(&curl_easy_perform) perform = nullptr;
    decltype(&curl_easy_getinfo) getinfo = nullptr;
    decltype(&curl_easy_cleanup) cleanup = nullptr;
    decltype(&curl_easy_strerror) strerror = nullptr;
    decltype(&curl_slist_append) append = nullptr;
    decltype(&curl_slist_free_all) free_all = nullptr;
};

template <class Function>
bool find(void* library, const char* name, Function*& to) {
    to = reinterpret_cast<Function*>(::dlsym(library, name));
    return to != nullptr;
}

// False: it is not there, or not what it should be. It stays loaded until the process ends.
bool load(Curl& curl) {
    void* library = nullptr;
    for (const char* name : {"libcurl.so.4", "libcurl-gnutls.so.4"}) {
        library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
        if (library != nullptr) break;
    }
    return library != nullptr && find(library, "curl_easy_init", curl.init) &&
           find(library, "curl_easy_setopt", curl.setopt) &&
           find(library, "curl_easy_perform", curl.perform) &&
           find(library, "curl_easy_getinfo", curl.getinfo) &&
           find(library, "curl_easy_cleanup", curl.cleanup) &&
           find(library, "curl_easy_strerror", curl.strerror) &&
           find(library, "curl_slist_append", curl.append) &&
           find(library, "curl_slist_free_all", curl.free_all);
}

// Less than `size` ends the transfer.
std::size_t receive(char* bytes, std::size_t size, std::size_t count, void* to) {
    auto& body = *static_cast<std::string*>(to);
    if (body.size() + size * count > kMostBytes) return 0;
    body.append(bytes, size * count);
    return size * count;
}

}  // namespace

std::variant<Fetched, NotFetched> http_get(const std::string& url, const std::string& token) {
    // libcurl knows many more, files among them.
    if (!url.starts_with("http://") && !url.starts_with("https://")) {
        return NotFetched{"it begins with neither http:// nor https://"};
    }
    Curl curl;
    if (!load(curl)) return NotFetched{"there is no libcurl.so.4, which the package libcurl4 has"};
    const std::unique_ptr<CURL, decltype(curl.cleanup)> easy(curl.init(), curl.cleanup);
    if (easy == nullptr) return NotFetched{"libcurl cannot be started"};
    std::unique_ptr<curl_slist, decltype(curl.free_all)> headers(nullptr, curl.free_all);
    if (!token.empty()) {
        headers.reset(curl.append(nullptr, ("Authorization: Bearer " + token).c_str()));
    }
    Fetched fetched;
    const auto set = [&](CURLoption option, auto value) { curl.setopt(easy.get(), option, value); };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_CONNECTTIMEOUT_MS, 5000L);
    set(CURLOPT_TIMEOUT_MS, 30000L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_USERAGENT, "plimsoll");
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_WRITEFUNCTION, &receive);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&fetched.body));
    const CURLcode code = curl.perform(easy.get());
    if (code == CURLE_WRITE_ERROR) return NotFetched{"the answer is larger than 16 MiB"};
    if (code != CURLE_OK) return NotFetched{curl.strerror(code)};
    curl.getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &fetched.status);
    return fetched;
}

}  // namespace plimsoll::fleet
