//! What a camera's live view says about its trial: one banner each, and one that was closed stays closed (U16).

use super::camera_records::{Banner, BannerKind, CameraRow};
use crate::camera::kept::Kept;

pub(super) fn banners(cameras: &[CameraRow], kept: &Kept) -> Vec<Banner> {
    let open = cameras.iter().filter(|camera| !kept.banner_is_closed(&camera.id));
    open.filter_map(|camera| {
        let trial = &camera.trial;
        let kind = match trial.state.as_str() {
            "eligible" if trial.can_start => BannerKind::TrialOffered,
            "active" if trial.ends_today => BannerKind::TrialEndsToday,
            "active" => BannerKind::TrialRunning,
            // Ended under the user's eyes; what the cloud calls used is old news.
            "used" if trial.ends_at.is_some() => BannerKind::TrialOver,
            _ => return None,
        };
        Some(Banner {
            camera: camera.id.clone(),
            kind,
            message: trial.message.clone(),
        })
    })
    .collect()
}
