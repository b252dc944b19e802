//! Cameras: the list with its reasons, the picker, and what may be selected (R16–R20).

pub(crate) mod kept;
pub mod picker;
pub mod selection;

pub use kept::Kept;

use crate::account::{BlockReason, Blocked};
use crate::error::UserAction;
use crate::message::Message;

/// Why a camera cannot be added, and the remedy: its latest firmware, or internet access (R18).
pub fn blocked_message(blocked: &Blocked) -> Message {
    match &blocked.reason {
        BlockReason::FirmwareTooOld => {
            let message = Message::new("camera-firmware-too-old");
            match &blocked.firmware_needed {
                Some(version) => message.text("version", version),
                None => message,
            }
        }
        BlockReason::Offline => Message::new("camera-offline"),
        BlockReason::ModelNotSupported => Message::new("camera-model-not-supported"),
        BlockReason::Unknown(reason) => Message::new("camera-blocked").text("reason", reason),
    }
}

/// What helps against it (R18).
pub fn blocked_remedy(reason: &BlockReason) -> UserAction {
    match reason {
        BlockReason::FirmwareTooOld => UserAction::UpdateFirmware,
        BlockReason::Offline => UserAction::CheckInternet,
        BlockReason::ModelNotSupported | BlockReason::Unknown(_) => UserAction::ChangeSelection,
    }
}

/// "Don't see your camera?": latest firmware, internet access, bound to this TP-Link ID (R18).
pub fn help_message() -> Message {
    Message::new("dont-see-your-camera")
}
