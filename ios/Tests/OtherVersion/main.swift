// An app whose library is not the one its bindings were generated from. It says which error the first use gives.

import CareSandbox
import OtherVersionShim
import TapoCare

let world = try await World.start()
do {
    let phone = Phone(world)
    let care = try await Care.open(phone.sandbox, ports: phone.ports())
    print("opened: \(care.snapshot())")
} catch {
    print(error)
}
_ = await world.end()
