#include <stdint.h>

// What the linker takes for the library's checksum of `subscribe` (--wrap): one that no binding was generated with.
uint16_t __wrap_uniffi_tapo_care_ffi_checksum_method_care_subscribe(void);
