# 日本語。

-tapo-care = Tapo Care
-app-store = App Store
-google-play = Google Play
-tp-link-id = TP-Link ID
-care-cloud = Careクラウド
-web-portal = ウェブポータル
-kasa = Kasa

part-bought = { $channel ->
    [app_store] { -app-store }で購入
    [play] { -google-play }で購入
    [web] { -web-portal }で購入
    [code] 引き換えコードを利用
   *[other] その他の方法で購入
 }
part-phase = { $phase ->
    [pending] お支払い待ち
    [active] 有効
    [grace] 猶予期間中：更新に失敗し、再試行されます
    [retry] 保留中：更新に失敗しました
    [paused] 一時停止中
    [expired] 期限切れ
    [revoked] 取り消し済み
    [refunded] 返金済み
    [superseded] 別のプランに変更済み
   *[other] このバージョンでは不明な状態
 }
part-answer = { $answer ->
    [granted] 付与済み
    [already_granted] 以前に付与済み
    [expired] お支払い済みの期間が終了しました
    [superseded] 別の購入に置き換えられました
    [revoked] ストアが取り消しました
    [family_shared] ファミリー共有による購入のため、ここでは利用できません
    [test_purchase] テスト購入のため、ここでは利用できません
    [bound_to_other] 別の{ -tp-link-id }の購入です
    [not_genuine] 正規の購入ではありません（ストアに記録がありません）
    [pending_canceled] お支払いが拒否またはキャンセルされました
    [pending] お支払い待ちです
    [needs_confirmation] お客様の同意が必要です
    [unknown_product] クラウドがまだ認識していない商品です
   *[other] このバージョンでは不明な回答です
 }
part-each-period = { $period-unit ->
    [day] { $period-number ->
        [1] 毎日
       *[other] { $period }日ごとに
     }
    [week] { $period-number ->
        [1] 毎週
       *[other] { $period }週間ごとに
     }
    [year] { $period-number ->
        [1] 毎年
       *[other] { $period }年ごとに
     }
   *[month] { $period-number ->
        [1] 毎月
       *[other] { $period }か月ごとに
     }
 }
part-length = { $length-unit ->
    [week] { $length }週間
    [month] { $length }か月間
    [year] { $length }年間
   *[day] { $length }日間
 }
part-days-left = 残り{ $days }日
part-one-in-app = アプリで登録できるプランは一つだけです。
part-cancel-where = { $where ->
    [app_store] 解約は{ -app-store }で行えます。
    [play] 解約は{ -google-play }で行えます。
    [web] 解約は{ -web-portal }で行えます。
    [code] 解約は購入した場所で行えます。
   *[other] 解約は購入した場所で行えます。
 }

## Buying

slot-taken = アプリのプランをすでにご利用中です：{ $plan }（{ part-bought }、{ part-phase }）。{ part-one-in-app }
slot-taken-elsewhere = アプリのプランをすでにご利用中です（{ part-bought }）。{ part-one-in-app }
slot-pending = { $plan }の購入は承認またはお支払いを待っています。{ part-one-in-app }
slot-being-bought = { $plan }はすでに購入手続き中です。{ part-one-in-app }
slot-being-set-up = このスマートフォンのストアアカウントは、すでにこのアカウントのプランを支払っています。プランは準備中です。
owned-elsewhere = このスマートフォンのストアアカウントは、すでに別の{ -tp-link-id }のプランを支払っています。プランが移されることはありません。
unbound-purchase = このスマートフォンのストアアカウントは、どの{ -tp-link-id }にも結び付いていないプランを支払っています。購入を復元すると、現在のIDに結び付けることができます。
reserved-elsewhere = このアカウントのプランが、現在別のスマートフォンで購入手続き中です。
plan-not-on-sale = このプランは、ここでは販売されていません。
client-too-old = このバージョンのアプリは古いため、プランを購入できません。ご利用中のものはこれまでどおり使えます。
already-covered = 別の場所で購入したプランが、すでにカメラを対象にしています。アプリで別のプランも購入しますか？
already-covered-by = { $plan }（{ part-bought }）の対象カメラ：{ $cameras }
    .without-cameras = { $plan }（{ part-bought }）は、すでにカメラを対象にしています。
bind-purchase = { -tp-link-id }のない購入が見つかりました：{ $product }。このアカウントに結び付けますか？これは一度だけ行われ、元に戻すことはできません。
    .without-product = { -tp-link-id }のない購入が見つかりました。このアカウントに結び付けますか？これは一度だけ行われ、元に戻すことはできません。
renews-until-cancelled = 解約するまで{ part-each-period }{ $price }で自動的に更新されます。ストアでいつでも解約できます。
trial-then-renews = { part-length }の無料トライアルです。{ $date }より前に解約しない場合、その後は{ part-each-period }{ $price }です。自動的に更新されます。ストアでいつでも解約できます。
    .without-date = { part-length }の無料トライアルです。トライアルの終了前に解約しない場合、その後は{ part-each-period }{ $price }です。自動的に更新されます。ストアでいつでも解約できます。
store-trial-not-offered = ストアは、このストアアカウントにこのプランの無料トライアルを提供していません。
sold-without-trial = ストアは無料トライアルなしで、通常の価格で販売しました。ご希望と異なる場合は、ストアで管理してください。
sold-with-trial = ストアが無料トライアルを付けました。トライアルが終了するまで料金は請求されません。
portal-text = そのほかのプランは{ -web-portal }で販売しています。
portal-link = そのほかのプランは{ -web-portal }で販売しています：{ $url }

## Changing, and a payment made twice

billed-elsewhere = { $plan }（{ part-bought }）は、購入した場所でのみ変更できます。
not-on-this-store-account = { $plan }（{ part-bought }）は、このスマートフォンのストアアカウントで購入したものではありません。購入に使ったスマートフォンを使うか、ストアで管理してください。
plan-not-changeable = { $plan }は現在変更できません（{ part-phase }）。先にストアでお支払いの問題を解決してください。
plan-is-current = { $plan }はすでにご利用中です。
change-is-scheduled = お支払い済みの期間が終わると、プランは{ $plan }に変わります。これはすでに確定しています。
changes-on = { $date }に{ $plan }に変わります。自動的に更新されます。
change-waits-at-store = お支払い済みの期間が終わると{ $plan }に変わる予定で、それまで{ -google-play }はほかの変更を受け付けません。{ -google-play }で管理してください。
no-change-waits = 予定されているプランの変更はありません。
cameras-reduced = { $plan }の対象は{ $capacity }台のため、最も早く選択されたカメラだけが引き続き対象です：{ $cameras }。選び直すことができます。
    .without-cameras = { $plan }の対象は{ $capacity }台のため、最も早く選択されたカメラだけが引き続き対象です。選び直すことができます。
price-change-needs-consent = { $date }以降、{ $plan }の料金は{ $from }から{ $to }に変わります。ストアで同意しない場合、プランはその日に終了します。
price-changes = { $date }以降、{ $plan }の料金は{ $from }から{ $to }に変わります。それまでにストアで解約できます。
return-double-payment = 二つのプランが支払われています。今すぐ一方を終了し、返金を受けますか？
double-payment-ends = { $plan }（{ part-bought }）は終了し、返金されます。
double-payment-stays = { $plan }（{ part-bought }）は継続します。
not-paid-twice = 二重の支払いはないため、返金するものはありません。

## Plans

renews-on = { $date }に自動的に更新されます。
ends-on = { $date }に終了し、更新されません。
ended-on = { $date }に終了しました。
plan-phase = 状態：{ part-phase }
account-not-loaded = このアカウントの内容はまだ分かりません。{ -care-cloud }に問い合わせできませんでした。
not-signed-in = サインインしていません。
sign-in-needed = もう一度サインインしてください。
then-paid = { $date }まで無料トライアルです。それまでに解約しない場合、その後は{ part-each-period }{ $price }です。
grace-until = 更新料金が支払われていません。ストアが再試行する間、プランの対象は{ $date }まで維持されます。
resumes-on = 一時停止中です。{ $date }に再開します。
covers-every-camera = プランはアカウントのすべてのカメラを対象とするため、選択の必要はありません。
plan-is-over = プランは終了しました。
code-ends-by-itself = 引き換えコードによるプランです。自動的に終了し、変更も解約もできません。
code-is-not-refunded = 引き換えコードによるプランのため、返金はありません。
managed-where-unknown = 購入した場所で管理してください。
renewal-is-off = 今後は更新されません。{ $date }に終了します。
    .without-date = 今後は更新されません。
trial-never-comes-back = 無料トライアルを解約すると完全に終了し、二度と利用できません。
legacy-cancels-all = 解約すると、アカウントの旧プランはすべて直ちに、完全に終了します。未使用分は登録済みのカードに返金されます。
legacy-is-not-changed = 旧プランは解約または移行のみ可能です。
cancels-at-once = 解約すると直ちに終了します。無料プランの範囲外の録画は{ $date }まで保存され、その後完全に消去されます。
    .without-date = 解約すると直ちに終了します。無料プランの範囲外の録画は完全に消去されます。
cancel-keeps-access = { $date }より前に解約すると、お支払い済みの期間の終わりまで利用でき、更新されません。
    .without-date = 解約すると、お支払い済みの期間の終わりまで利用でき、更新されません。
changed-where-bought = 購入した場所で変更できます。
not-changed-while = 現在は変更できません（{ part-phase }）。

## Purchases under way

purchase-sheet-open = { $plan }：お支払い画面が開いています。
    .without-plan = お支払い画面が開いています。
purchase-checking = { $plan }：ストアとクラウドに確認しています。
    .without-plan = ストアとクラウドに確認しています。
purchase-pending = { $plan }：承認またはお支払いを待っています。
    .without-plan = 承認またはお支払いを待っている購入があります。
purchase-confirming = { $plan }：お支払い済みで、準備中です。クラウドが確認すると表示されます。
    .without-plan = お支払い済みで準備中の購入があります。クラウドが確認すると表示されます。
purchase-waiting = { $plan }：クラウドが受け付けましたが、結果はまだ分かりません。自動的に再度確認します。
    .without-plan = クラウドが購入を受け付けましたが、結果はまだ分かりません。自動的に再度確認します。
purchase-needs-confirmation = { $plan }：この購入には{ -tp-link-id }がありません。購入を復元すると、現在のIDに結び付けることができます。
    .without-plan = { -tp-link-id }のない購入があります。購入を復元すると、現在のIDに結び付けることができます。
purchase-refused-here = { $plan }：このスマートフォンでは領収情報を確認できませんでした。クラウドがストアに確認します。
    .without-plan = このスマートフォンでは領収情報を確認できませんでした。クラウドがストアに確認します。
purchase-not-genuine = { $plan }：ストアにこの購入の記録がありません。何も付与されず、ほかに変わることはありません。
    .without-plan = ストアにこの購入の記録がありません。何も付与されず、ほかに変わることはありません。
purchase-of-another-account = 別の{ -tp-link-id }の購入が、このスマートフォンで待機しています。
unknown-purchase = このアカウントがこのスマートフォンで始めた購入の中に、該当するものはありません。
not-pending = この購入は承認を待っていません。購入手続き中か、すでに終了しています。
pending-at-store = この購入が待っているお支払いはストアが管理しており、結果はストアから自動的に届きます。
clock-suspect = このスマートフォンの時計がクラウドの時計と一致していません。ご利用中のものに影響はありません。

## Cameras

camera-firmware-too-old = ファームウェアが古すぎます。{ $version }以降に更新してください。
    .without-version = ファームウェアが古すぎます。最新のファームウェアに更新してください。
camera-offline = インターネットに接続されていません。インターネットに接続してください。
camera-model-not-supported = プランはこのモデルに対応していません。
camera-blocked = このバージョンでは不明な理由により、追加できません。
camera-cannot-be-added = { $reason ->
    [firmware_too_old] { $camera }は追加できません。ファームウェアが古すぎます。先に最新のファームウェアに更新してください。
    [offline] { $camera }は追加できません。インターネットに接続されていません。先にインターネットに接続してください。
    [model_not_supported] { $camera }は追加できません。プランがこのモデルに対応していません。
   *[other] このバージョンでは不明な理由により、{ $camera }は追加できません。
 }
camera-covered = { $camera }はすでに別のプランの対象です。
over-capacity = プランの対象は{ $capacity }台までです。{ $asked }台が選択されました。
    .without-asked = プランの対象は{ $capacity }台までです。
unknown-camera = このアカウントにカメラ{ $camera }はありません。
    .without-camera = このアカウントにそのカメラはありません。
empty-selection = 新しいプランには、少なくとも一台のカメラを選択してください。
no-access = プランは現在利用できないため、カメラを選択できません。
unknown-subscription = このアカウントにそのプランはありません。
cameras-changed-elsewhere = このプランのカメラは、たった今別の場所で変更されました。確認して、もう一度選択してください。
dont-see-your-camera = カメラが見つかりませんか？最新のファームウェアに更新し、インターネットに接続して、この{ -tp-link-id }に登録されていることを確認してください。

## Why a camera is covered or not

camera-is-covered = { $camera }（{ $model }）は対象です。
camera-is-not-covered = { $camera }（{ $model }）は対象外です。
camera-cover-unknown = { $camera }（{ $model }）が対象かどうかは、現在分かりません。
camera-covered-twice = { $camera }（{ $model }）は二つのプランの対象です。そのうち一つは、このカメラには不要です。
covered-by-plan = { $plan }の対象です。
covered-by-account-plan = { $plan }は、アカウントのすべてのカメラを対象にしています。
covered-by-code = 引き換えコードによる{ $plan }の対象です。
plan-ended = { $plan }に含まれていますが、このプランは終了しました。
plan-without-access = { $plan }に含まれていますが、このプランは現在利用できません（{ part-phase }）。
not-on-plan = { $plan }のカメラには含まれていません。
plan-not-understood = { $plan }に含まれていますが、このバージョンではプランの状態が不明です。
cover-without-time = 時刻が分からないため、対象かどうかを判断できません。
cover-too-old = クラウドへの最後の問い合わせから時間がたちすぎています。対象を確認するには、インターネットに接続してください。
no-plan-now = 現在、カメラを対象とするプランはありません。
no-plan-to-choose-for = 追加できるプランがありません。
on-plan-already = すでに{ $plan }に含まれています。
plan-is-full = { $plan }の対象は{ $capacity }台までで、空きがありません。先に一台を外してください。
on-no-plan = どのプランにも含まれていません。
camera-can-be-added = プランに追加できます。
said-last = これは前回のクラウドの回答です。その後変わっている可能性があります。

## Choosing the cameras of a plan

picker-choose = { $plan }のカメラを{ $capacity }台まで選択してください。
picker-not-all-added = 購入時に選択したカメラのうち、{ $cameras }台をまだ追加できていません。
picker-changed-elsewhere = このプランのカメラは別の場所で変更されました。お客様の選択とその変更を合わせて表示しています。
picker-changed-and-left-out = このプランのカメラは別の場所で変更されました。お客様が選択したカメラのうち{ $cameras }台は、空きがないか、すでに存在しません。

## Free trials of a camera: never charged, and ending by themselves

trial-eligible = { part-length }の無料トライアルを開始できます。自動的に終了し、料金は請求されません。
    .without-length = 無料トライアルを開始できます。自動的に終了し、料金は請求されません。
trial-covered = プランの対象なので、無料トライアルは必要ありません。
trial-active = 無料トライアル：{ part-days-left }、{ $date }に終了します。料金は請求されません。
    .without-date = 無料トライアル：{ part-days-left }。料金は請求されません。
trial-active-until = 無料トライアル：{ $date }に終了します。料金は請求されません。
    .without-date = 無料トライアル中です。料金は請求されません。
trial-ends-today = 無料トライアル：本日終了します。料金は請求されません。
trial-over = 無料トライアルは終了しました。
trial-used = このカメラの無料トライアルは使用済みです。
trial-not-offered = このカメラに無料トライアルはありません。
trial-unknown = トライアルを利用できるかどうかは、現在分かりません。
trial-paused = プランの対象である間、無料トライアルは一時停止中です（{ part-days-left }）。
trial-paused-rest-unknown = プランの対象である間、無料トライアルは一時停止中です。
trial-not-for-model = このモデルに無料トライアルはありません。
trial-not-in-region = この地域に無料トライアルはありません。
trial-offline = トライアルを利用できるかどうかを確認するには、インターネットに接続してください。
trial-runs-already = このカメラの無料トライアルはすでに利用中です。
trial-not-running = このカメラで利用中の無料トライアルはありません。
confirm-trial-cancel = この無料トライアルを解約しますか？
trial-cancel-is-final = { $camera }の無料トライアルは直ちに終了します。解約は取り消せず、もう一度開始することはできません。

## The account’s own trial: it turns into a paid period

account-trial-eligible = 新しいプランは{ part-length }の無料トライアルから始まり、それまでに解約しない場合は有料になります。
    .without-length = 新しいプランは無料トライアルから始まり、終了までに解約しない場合は有料になります。
account-trial-active = アカウントの無料トライアルは{ $date }までです。それまでに解約しない場合、プランは有料になります。
    .without-date = アカウントの無料トライアル中です。終了までに解約しない場合、プランは有料になります。
account-trial-paused = アカウントの無料トライアルは一時停止中です。
account-trial-used = このアカウントの無料トライアルは使用済みです。
account-trial-not-offered = プランに無料トライアルはありません。

## Free plans of a model: no trials

free-plan-active = 無料プランでクラウドに録画します（直近{ $hours }時間）。
    .without-hours = 無料プランでクラウドに録画します。
free-plan-active-until = { $date }まで無料プランでクラウドに録画します（直近{ $hours }時間）。
    .without-hours = { $date }まで無料プランでクラウドに録画します。
free-plan-ended = このカメラの無料プランは終了しました。
free-plan-none = このモデルに無料のクラウド録画はありません。microSDカードを使うと、無料で本体に録画できます。
free-plan-unknown = このモデルに無料プランがあるかどうかは分かりません。

## Erasing an account from the phone

erase-account = このアカウントの情報は、このスマートフォンからすべて削除されます。よろしいですか？
erase-still-bills = { $plan }の請求は続きます（次回は{ $date }）。{ part-cancel-where }
    .without-date = { $plan }の請求は続きます。{ part-cancel-where }
erase-plan-lost = { $plan }は{ $date }まで支払い済みです。アカウントを削除すると失われます。
erase-unsettled = お支払い済みで、まだ処理が終わっていない購入があります：{ $plan }。この処理は削除後も行われます。
    .without-plan = お支払い済みで、まだ処理が終わっていない購入があります。この処理は削除後も行われます。
erase-nothing-bills = このアカウントへの請求はありません。

## What could not be asked

cloud-unreachable = { -care-cloud }に接続できません。
cloud-not-understood = { -care-cloud }ではないものが応答したか、応答が途中で変更されました。その内容は一切使用していません。
cloud-refused = { -care-cloud }がこの操作を拒否しました。
older-answer = クラウドの回答が、先ほどの回答と食い違っています。もう一度お試しください。
store-unreachable = ストアに接続できません。
time-unknown = 時刻がまだ分かりません。クラウドが応答してから、もう一度お試しください。
insecure-url = クラウドのアドレスが安全ではありません。
trust-unusable = 指定された信頼情報を使用できません。ルート証明書またはアプリの識別子がないか、読み取れません。

## Files

folder-in-use = { -tapo-care }は別のプロセスで使用中です。先にそちらを終了してください。
folder-read-only = { -tapo-care }のフォルダは読み取り専用です。何も変更していません。
folder-from-newer-version = { -tapo-care }のフォルダは新しいバージョンのものです。何も変更していません。
journal-from-newer-version = 購入の記録は新しいバージョンのものです。何も変更していません。
folder-unusable = { -tapo-care }のフォルダを使用できません。
disk-full = このデバイスの空き容量がありません。
disk-gone = ファイルに書き込めなくなりました。起動し直してください。
vault-unavailable = スマートフォンの安全な保管領域がロックされています。
closed = すでに閉じられています。

## What should not happen

task-lost = 内部エラー：処理が失われました。購入は失われていません。
empty-304 = 内部エラー：問い合わせのない応答がありました。
event-unwritable = 内部エラー：イベントを記録できませんでした。

## Words for states

phase = { part-phase }
cover = { $cover ->
    [covered] 対象
    [not_covered] 対象外
    [unknown] 不明
   *[other] 不明
 }
covered-by = { $by ->
    [plan] プランの対象
    [code] 引き換えコードの対象
    [account_plan] アカウントのプランの対象
    [trial] トライアルの対象
    [free_plan] 無料プランの対象
   *[other] 対象
 }
covered-twice-by = { $by ->
    [plan] プランの対象（二重）
    [code] 引き換えコードの対象（二重）
    [account_plan] アカウントのプランの対象（二重）
    [trial] トライアルの対象（二重）
    [free_plan] 無料プランの対象（二重）
   *[other] 対象（二重）
 }
answer = { part-answer }
purchase-state = { $state ->
    [sheet_open] お支払い画面
    [checking] 確認中
    [pending] 保留中
    [confirming] お支払い済み、準備中
    [waiting] 待機中
    [needs_confirmation] 同意が必要
    [refused_here] ここでは未確認
    [not_genuine] 正規の購入ではない
   *[other] 不明
 }
money-not-charged = 料金は請求されていません。
money-maybe-charged = 料金が請求された可能性があります。確認中ですので、結果をお知らせします。
money-charged = 料金が請求されました。
action-sign-in = もう一度サインインしてください。
action-manage-subscription = 購入した場所でサブスクリプションを管理してください。
action-confirm = 内容を読んで確認してください。
action-change-selection = 別のカメラを選ぶか、台数を減らしてください。
action-update-firmware = カメラを最新のファームウェアに更新してください。
action-check-internet = インターネット接続を確認してください。
action-wait = お待ちください。自動的に続行されます。
action-update-app = アプリを更新してください。
action-fix-storage = 空き容量を増やしてから、もう一度お試しください。
action-contact-support = サポートにお問い合わせください。
retry-after = { $seconds }秒後にもう一度お試しください。
retry-automatic = 自動的に再試行されます。
outcome-granted = 付与されました。プランをご利用いただけます。
outcome-pending = 承認またはお支払いを待っています。自動的に続行されます。
outcome-cancelled = キャンセル：お支払い画面が閉じられました。
outcome-failed = 失敗：ストアで処理できませんでした（{ $code }）。
    .without-code = 失敗：ストアで処理できませんでした。
outcome-not-granted = 付与されませんでした：{ part-answer }
    .without-answer = 付与されませんでした。
outcome-not-approved = 承認されませんでした：期限までに承認されなかったか、お客様が待つのをやめました。後から承認された場合も、プランをご利用いただけます。
outcome-scheduled = 受け付けました。お支払い済みの期間が終わるとプランが変わります。それまで料金は請求されません。
outcome-kept = 予定されていた変更は取り消されました。プランはそのまま更新されます。
returned-given-back = プランは終了し、返金の手続き中です。
returned-requested = Appleに依頼しました。数日以内に決定されます。それまでは両方のプランが継続します。
returned-cancelled = 何も依頼されませんでした。両方のプランが継続します。
manage-app-store = 管理と解約は{ -app-store }で行えます。
manage-google-play = 管理と解約は{ -google-play }で行えます。
manage-portal = 管理と解約は{ -web-portal }で行えます。
manage-kasa-portal = 管理と解約は{ -kasa }の{ -web-portal }で行えます。
manage-nowhere = 自動的に終了します。
manage-unknown = 購入した場所で管理できます。
clock-unknown = 時刻が分からないため、対象かどうかを判断できません。クラウドが応答すると表示されます。
