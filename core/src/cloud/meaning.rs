//! What a failed call means to the app: sign in, try again, or no.

use super::{CloudError, CloudProblem};
use crate::error::{CareError, Problem, Retry, UserAction};

/// What a failed call to the cloud means where it took no money and changed nothing here.
pub(crate) fn care_error(operation: &str, error: &CloudError) -> CareError {
    let ids = |problem: Problem| match error {
        CloudError::Problem(CloudProblem { status, code, .. }) => problem.id(format!("{status} {code}")),
        other => problem.id(other.name()),
    };
    let after = error.retry_after().map_or(Retry::After(5), Retry::After);
    match error {
        CloudError::SignIn => CareError::SignIn(
            ids(Problem::new(operation, "sign_in_needed"))
                .retry(Retry::UserAction)
                .action(UserAction::SignIn),
        ),
        CloudError::Problem(problem) if problem.status < 500 && problem.status != 429 => {
            CareError::Refused(ids(Problem::new(operation, "cloud_refused")).action(UserAction::ContactSupport))
        }
        CloudError::InsecureUrl => CareError::Refused(ids(Problem::new(operation, "insecure_url"))),
        CloudError::NotSigned { .. } | CloudError::Unreadable { .. } | CloudError::TooLarge => CareError::TryAgain(
            ids(Problem::new(operation, "cloud_not_understood"))
                .retry(after)
                .action(UserAction::CheckInternet),
        ),
        _ => CareError::TryAgain(
            ids(Problem::new(operation, "cloud_unreachable"))
                .retry(after)
                .action(UserAction::CheckInternet),
        ),
    }
}
