unbound-purchase = このスマートフォンのストアアカウントは、どの{ -tp-link-id }にも結び付いていないプランを支払っています。同意すると、`care restore`で現在のIDに結び付けられます。
purchase-needs-confirmation = { $plan }：この購入には{ -tp-link-id }がありません。`care restore`で現在のIDに結び付けられます。
    .without-plan = { -tp-link-id }のない購入があります。`care restore`で現在のIDに結び付けられます。
plan-not-on-sale = このプランは、ここでは販売されていません。`care plans`で販売中のプランを確認できます。
unknown-purchase = このアカウントがこのスマートフォンで始めた購入の中に、該当するものはありません。`care --json purchases`で待機中の購入を確認できます。
not-pending = この購入は承認を待っていません。購入手続き中か、すでに終了しています。`care purchases`で確認できます。
not-signed-in = サインインしていません。`care sign-in NAME`でサインインします。
action-sign-in = もう一度サインインしてください：`care sign-in NAME`
action-change-selection = 別のカメラを選ぶか、台数を減らしてください。`care cameras`で一覧を表示します。
folder-in-use = 状態フォルダは別の`care`が使用中です。そちらを終了するか、--stateで別のフォルダを指定してください。

status-of = { -tapo-care }：{ $who }
nobody = なし
fresh = クラウドの最新情報（{ $moment }現在）
    .without-moment = クラウドの最新情報
stale = 古い情報です。クラウドの前回の回答（{ $moment }現在）
    .without-moment = 古い情報です。クラウドの前回の回答
not-loaded = まだ何も読み込まれていません。クラウドに問い合わせできませんでした
no-plan = プランはありません。
no-camera = このアカウントにカメラはありません。
paid-twice = 二重に支払われています。`care purchases --return`で一方の返金を受けられます。
add-plan-off = ＋プランを追加できません：{ $reason }
add-plan-on = ＋プランを追加：`care plans`で販売中のプランを確認できます。
choose-with = `care cameras set NAME,…`で選択してください：
plan-covers = { $plan }の対象：{ $cameras }
    .without-cameras = { $plan }の対象カメラはありません。
plans-on-sale = ストア{ $storefront }で販売中のプラン
links = 利用規約：{ $terms } · プライバシー：{ $privacy }
buy-one = 購入するには：{ $command }

busy-asking = クラウドとストアに問い合わせています
busy-plans = 販売中のプランを確認しています
busy-restore = 購入を探しています
busy-sheet = お支払い画面を開いています
busy-telling = クラウドに送信しています
nothing-was-done = 何も行いませんでした。
say-yes-with = 同意するには--yesを付けるか、端末で実行して質問に答えてください。
signed-in-as = サインインしました：{ $who }
signed-out = サインアウトしました。購入したものはアカウントに残ります。
erased = このスマートフォンから削除し、サインアウトしました。続いている請求は、解約するまで続きます。
not-signed-in-there = このクラウドにはまだサインインしていません。`care --cloud URL --trust FILE sign-in NAME`でサインインします。
unknown-name = { $name }という{ -tp-link-id }はここにありません。新しい環境にはanna、ben、caraがあります。
sign-in-unreachable = サインインサービスに接続できません（{ $why }）。サインインの状態は変わっていません。
no-purchase = 購入はまだありません。
nothing-to-restore = このスマートフォンのストアアカウントに、復元する購入はありません。
restored = 購入が{ $found }件見つかりました（付与済み{ $granted }件、待機中{ $waiting }件）。
news-of = { $plan }のお知らせ：
earlier-news = 以前の購入（{ $plan }）：{ $outcome }
left-out = { $camera }は追加されませんでした：{ $reason }
    .without-reason = { $camera }は追加されませんでした。
next-choose = 次に、プランの対象にするカメラを選択してください。
not-finished = まだ完了していません。
nothing-is-lost = 失われたものはありません。次の`care status`で続行されます。
no-camera-of-that-name = このアカウントにカメラ{ $camera }はありません。カメラの一覧：{ $cameras }。
    .without-cameras = このアカウントにカメラ{ $camera }はなく、ほかのカメラもありません。
no-plan-for-cameras = カメラを追加できるプランがありません。`care plans`で販売中のプランを確認し、`care subscribe PLAN`で購入できます。
no-such-plan = IDが{ $id }のプランはありません。プランの一覧：{ $plans }。
    .without-plans = IDが{ $id }のプランはありません。プランはまだありません。
which-plan = 該当するプランが複数あります。--forで一つ指定してください。プランの一覧：{ $plans }。
    .without-plans = 該当するプランが複数あります。--forで一つ指定してください。

head-plan = プラン
head-title = 名称
head-stands = 状態
head-cameras = カメラ
head-which = 対象
head-next = 次回
head-id = ID
head-camera = カメラ
head-model = モデル
head-now = 現在
head-care = プラン
head-cannot-be-added = 追加できない理由
head-free-trial = 無料トライアル
head-start-or-cancel-with = 開始または解約の方法
head-for-this-plan = このプランでは
head-purchase = 購入
head-means = 説明
head-refused-by = 確認できなかった項目
head-covers = 対象台数
head-price = 価格
head-receipt = 領収情報
head-product = 商品
head-ledger = 環境
head-verified = 検証
head-paid-until = 有効期限
head-cloud-says = クラウドの回答
head-at-store = ストア側
head-comes-to = 換算

cameras-of = { $selected } / { $capacity }
cameras-count = { $capacity }台
price-each = { part-each-period }{ $price }
comes-to = 1か月あたり{ $price }
plan-says = { $plan }：{ $terms }{ $manage }
field-says = { $name }：{ $value }
camera-says = { $camera }：{ $said }
next-renews = { $date }に更新
next-ends = { $date }に終了
next-unknown = 不明
camera-is-online = オンライン
camera-is-offline = オフライン
on-the-plan = プランの対象
taken-off = プランの対象、解除予定
chosen = 選択済み
can-be-added = 追加できます
cannot-be-added-because = 追加できません：{ $reason }
a-purchase = 購入
verified = はい
not-verified = いいえ：{ $check }
    .without-check = いいえ
nothing-said-yet = まだありません
finished = 完了
not-finished-at-store = 未完了
trial-word = { $state ->
    [can_start] 開始できます
    [kept] 保持中
    [today] 本日終了
    [active] 利用中
    [paused] 一時停止中
    [used] 使用済み
    [covered] 不要
    [not_offered] なし
    [offline] オフライン
   *[other] 不明
 }
trial-left = { part-days-left }
trial-paused-left = 一時停止中、{ part-days-left }
trial-cancel-with = { $command }（元に戻せません）
trial-hidden = { $camera }：無料トライアルのお知らせは表示されなくなりました。
