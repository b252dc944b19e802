#include "OtherVersionShim.h"

uint16_t __real_uniffi_tapo_care_ffi_checksum_method_care_subscribe(void);

uint16_t __wrap_uniffi_tapo_care_ffi_checksum_method_care_subscribe(void) {
    return ~__real_uniffi_tapo_care_ffi_checksum_method_care_subscribe();
}
