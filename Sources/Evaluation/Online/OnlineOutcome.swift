import Recommenders

/// How often each arm had a rating's item on its list before the rating was known, by user and window of time.
package struct OnlineOutcome: Sendable {
    /// By contender its name and those of its arms.
    let contenders: [(name: String, arms: [String])]
    let cutoff: Int
    /// When each window begins, in seconds since 1970, in the order of time; each holds about as many predictions.
    let windowStarts: [UInt32]
    package let predictionCount: Int
    /// How many ratings are known at the start and how many are learned.
    package let trainingCount: Int
    package let learnedCount: Int

    private let firstPlaces: [Int]
    private let discounts: DiscountTable
    private var usersByIndex: [UInt32: Int] = [:]
    private var numbers: [Double] = []

    /// - Parameter predicted: places in the stream, ascending.
    init(_ contenders: [OnlineContender], evaluator: OnlineEvaluator, predicted: [Int]) {
        self.contenders = contenders.map { ($0.name, $0.arms.map(\.name)) }
        cutoff = evaluator.cutoff
        discounts = DiscountTable(count: evaluator.cutoff)
        predictionCount = predicted.count
        trainingCount = evaluator.start
        learnedCount = evaluator.stream.ratings.count - evaluator.start
        let windows = max(1, min(evaluator.windows, predicted.count))
        firstPlaces = (0..<windows).map { $0 * predicted.count / windows }
        windowStarts = firstPlaces.map { predicted.isEmpty ? 0 : evaluator.stream.ratings[predicted[$0]].time }
    }

    /// All contenders' arms, one after the other.
    var armCount: Int { contenders.reduce(0) { $0 + $1.arms.count } }
    /// Of the users of whom something was predicted.
    var rows: UserRows { UserRows(numbers: numbers, width: width) }

    // A window's columns: predictions, then of each arm hits and gains; behind all windows those of users without a profile: predictions,
    // hits of popularity frozen and online.
    private var windowWidth: Int { 1 + 2 * armCount }
    private var width: Int { windowStarts.count * windowWidth + 3 }

    func predictions(in window: Int) -> Int { window * windowWidth }
    func hits(of arm: Int, in window: Int) -> Int { window * windowWidth + 1 + 2 * arm }
    func gains(of arm: Int, in window: Int) -> Int { hits(of: arm, in: window) + 1 }
    var newcomers: Int { windowStarts.count * windowWidth }
    func newcomerHits(ofPopularity arm: Int) -> Int { newcomers + 1 + arm }

    /// - Parameter places: of the trial's item, by arm; of popularity's arms where the user had no profile.
    mutating func add(_ trial: OnlineTrial, _ places: [Int?]) {
        let user = usersByIndex[trial.rating.user] ?? numbers.count / width
        if usersByIndex.updateValue(user, forKey: trial.rating.user) == nil {
            numbers += [Double](repeating: 0, count: width)
        }
        let row = user * width
        guard !trial.profile.isEmpty else {
            numbers[row + newcomers] += 1
            for (arm, place) in places.enumerated() where place != nil { numbers[row + newcomerHits(ofPopularity: arm)] += 1 }
            return
        }
        let window = firstPlaces.lastIndex { $0 <= trial.number } ?? 0
        numbers[row + predictions(in: window)] += 1
        for (arm, place) in places.enumerated() {
            guard let place else { continue }
            numbers[row + hits(of: arm, in: window)] += 1
            numbers[row + gains(of: arm, in: window)] += discounts.discounts[place]
        }
    }
}
