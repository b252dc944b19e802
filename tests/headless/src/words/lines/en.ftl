# What only `care` says, and its own words for some of the core's messages: they name its commands.

unbound-purchase = This phone’s store account pays for a plan that no { -tp-link-id } has claimed. `care restore` binds it to this one, after you say yes.
purchase-needs-confirmation = { $plan }: it names no { -tp-link-id }. `care restore` binds it to this one.
    .without-plan = A purchase names no { -tp-link-id }. `care restore` binds it to this one.
plan-not-on-sale = That plan is not on sale here. `care plans` lists those that are.
unknown-purchase = This account began no such purchase on this phone. `care --json purchases` lists those that wait.
not-pending = That purchase waits for no approval: it is being bought, or it has ended. `care purchases` shows it.
not-signed-in = Nobody is signed in. `care sign-in NAME` signs in.
action-sign-in = Sign in again: `care sign-in NAME`.
action-change-selection = Choose other cameras, or fewer: `care cameras` lists them.
folder-in-use = The state folder is in use by another `care`. End that one, or name another folder with --state.

status-of = { -tapo-care } of { $who }
nobody = nobody
fresh = fresh from the cloud, as of { $moment }
    .without-moment = fresh from the cloud
stale = stale: what the cloud said last, as of { $moment }
    .without-moment = stale: what the cloud said last
not-loaded = nothing loaded yet: the cloud could not be asked
no-plan = No plan.
no-camera = This account has no camera.
paid-twice = It is paid twice: `care purchases --return` gives one back.
add-plan-off = + Add Plan is off: { $reason }
add-plan-on = + Add Plan: `care plans` shows what is on sale.
choose-with = Choose with `care cameras set NAME,…`:
plan-covers = { $plan } covers { $cameras }.
    .without-cameras = { $plan } covers no camera.
plans-on-sale = Plans on sale in the storefront { $storefront }
links = Terms: { $terms } · Privacy: { $privacy }
buy-one = Buy one with { $command }.

head-plan = Plan
head-title = Title
head-stands = Stands
head-cameras = Cameras
head-which = Which
head-next = Next
head-id = Id
head-camera = Camera
head-model = Model
head-now = Now
head-care = Care
head-cannot-be-added = Cannot be added because
head-free-trial = Free trial
head-start-or-cancel-with = Start or cancel it with
head-for-this-plan = For this plan
head-purchase = Purchase
head-means = What that means
head-refused-by = Refused here by
head-covers = Covers
head-price = Price
head-comes-to = Comes to

cameras-of = { $selected } of { $capacity }
cameras-count = { $capacity-number ->
    [one] { $capacity } camera
   *[other] { $capacity } cameras
 }
price-each = { $price } { part-each-period }
comes-to = { $price } a month
next-renews = renews on { $date }
next-ends = ends on { $date }
next-unknown = not known
camera-is-online = online
camera-is-offline = offline
on-the-plan = on the plan
taken-off = on the plan, taken off
chosen = chosen
can-be-added = can be added
cannot-be-added-because = cannot be added: { $reason }
a-purchase = a purchase
trial-word = { $state ->
    [can_start] can be started
    [kept] kept
    [today] ends today
    [active] running
    [paused] paused
    [used] used
    [not_offered] not offered
    [offline] offline
   *[other] not known
 }
trial-left = { part-days-left }
trial-paused-left = paused, { part-days-left }
trial-cancel-with = { $command }, for good
trial-hidden = { $camera }: nothing is said about its free trial any more.
