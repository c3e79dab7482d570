import ArgumentParser

extension LoadMix: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }

    var defaultValueDescription: String { "reads=70,ratings=20,recommendations=10" }
}

extension ArrivalSchedule.Arrivals: ExpressibleByArgument {}

extension LoadSettings.FollowMethod: ExpressibleByArgument {}
