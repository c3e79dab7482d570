/// The updates that Redis does by itself in one step. User text reaches them as data (KEYS and ARGV), never as code.
///
/// Versions are compared as two numbers of 12 hexadecimal digits each, which Lua's doubles hold exactly: its `<` on strings follows
/// the collation of the server's locale.
enum RedisScript: CaseIterable, Sendable {
    /// KEYS[1] a profile, KEYS[2] the mark that its user was removed, ARGV[1] the most items it may hold, then item, version and value
    /// by turns. Refused if there is such a mark. Writes what is newer than what is known, all or nothing. Five hundred items go to a command, since Lua's stack is bounded. Answers how
    /// many items were written.
    case applyRatings
    /// KEYS[1] a list, ARGV[1] version and list, ARGV[2] how many milliseconds to keep it. Written unless the one that is kept has
    /// seen newer ratings; answers 1 if it was.
    case saveList
    /// KEYS jobs, ARGV for each rank and record, and how many milliseconds to keep it. Written if its rank is higher; answers for each
    /// nil, or else what is kept.
    case advanceJobs
    /// Both in one step, which costs half as much: KEYS and ARGV of `saveList`, then those of `advanceJobs`.
    case finishJobs
    /// KEYS[1] a string, ARGV[1] what it is thought to hold, ARGV[2] what it shall hold, ARGV[3] for how many milliseconds. Written
    /// unless it holds something else; answers nil, or else what it holds.
    case replaceValue
    /// KEYS buckets, ARGV for each how long a request uses up its share, and how far ahead of it somebody may be. Counts a request in
    /// all of them or in none; answers how far ahead of each share it was. All in microseconds by the server's clock, which is the
    /// same for all gateways.
    case countRequest

    /// KEYS[1] the name, KEYS[2] the account, ARGV its fields and values by turns. Written unless the name leads to an account; answers 1
    /// if it was.
    case createAccount
    /// KEYS[1] a name. Answers the fields and values of the account that it leads to, none if it leads to none.
    case findAccount
    /// KEYS[1] an account, KEYS[2] (if any) a session, ARGV[1] the password hash that the account is thought to have (or nothing), then
    /// fields and values. Written if the account is there and has that hash; a session that was good stays so although the seal
    /// changes. Answers the account as it is then, or nil.
    case changeAccount
    /// KEYS[1] an account, KEYS[2] its name. Takes both away.
    case deleteAccount
    /// KEYS[1] an account, KEYS[2] its name, KEYS[3] the mark that its user was removed, then fields and values out of a backup. Written
    /// unless the user was removed, the name is somebody else's or what is kept is as new. Answers 1 if it was.
    case restoreAccount
    /// KEYS[1] the mark that a user was removed, KEYS[2] the user's profile, KEYS[3] the account, ARGV fields and values. Answers 1 unless
    /// there was such a mark.
    case restoreRemoval
    /// KEYS[1] a session, ARGV now (nothing for the server's clock), its lifetime and its idle time in milliseconds, then fields and
    /// values. Written; answers when it begins.
    case openSession
    /// KEYS[1] a session, ARGV now (nothing for the server's clock), its idle time, and from how much on it is worth noting that it was used, in milliseconds. Answers the
    /// fields and values of the session and of its account, or nil.
    case useSession
    /// KEYS[1] an address, KEYS[2] (if any) a name, ARGV now (nothing for the server's clock), how long an attempt uses up an address' share, how far ahead of it an
    /// address may be, attempts that need not wait, the longest wait, and how long they are remembered, in milliseconds. Counts in
    /// both or in none; answers how long to wait.
    case countAttempt
    /// KEYS[1] a name, ARGV[1] how long its attempts are remembered, in milliseconds. Takes one back, and with it the wait: there was none
    /// when it was counted.
    case forgiveAttempt

    /// KEYS[1] the mark that a user was removed, KEYS[2] the user's part in experiments, KEYS[3] what the user was shown, then the counts of
    /// experiments; ARGV[1] now, ARGV[2] how many items are kept, for each experiment its phase, the variant, the lengths of a period and
    /// of the window, and until when the user's part and the counts are kept, then items. All times in milliseconds.
    case countExposure
    /// KEYS[1] a user's part in experiments, KEYS[2] what the user was shown, then the counts of experiments; ARGV[1] how much of an outcome
    /// counts, for each experiment its phase and the lengths of a period and of the window, then outcome, item, amount and moment by
    /// turns. Answers how many were counted.
    case countOutcomes

    /// KEYS[1] the clock, ARGV[1] a version. Kept if it is later than what is kept; answers what is kept then.
    case raiseClock

    /// The first word of the error that answers an update beyond the bound.
    static let fullProfileWord = "PROFILEFULL"
    /// The first word of the error that answers an update of a user who was removed.
    static let removedUserWord = "USERREMOVED"

    /// SHA-1 of the source, by which Redis knows a script.
    var digest: String { Self.digests[self] ?? "" }

    private static let digests = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, SHA1.hexadecimalDigest(of: Array($0.source.utf8))) })

    var source: String {
        switch self {
        case .applyRatings:
            """
            \(Self.isNewer)
            if redis.call('EXISTS', KEYS[2]) == 1 then
                return redis.error_reply('\(Self.removedUserWord) the user was removed')
            end
            local known, fresh, pairs, added, written = {}, {}, {}, 0, 0
            for start = 2, #ARGV, 1500 do
                local items = {}
                for i = start, math.min(start + 1497, #ARGV), 3 do items[#items + 1] = ARGV[i] end
                local values = redis.call('HMGET', KEYS[1], unpack(items))
                for i = 1, #items do known[items[i]] = values[i] end
            end
            for i = 2, #ARGV, 3 do
                local item, version = ARGV[i], ARGV[i + 1]
                local before = fresh[item] or known[item]
                if not before or isNewer(version, before) then
                    if not before then added = added + 1 end
                    fresh[item] = version .. ARGV[i + 2]
                end
            end
            if added > 0 and redis.call('HLEN', KEYS[1]) + added > tonumber(ARGV[1]) then
                return redis.error_reply('\(Self.fullProfileWord) the profile is full')
            end
            local function write()
                if #pairs > 0 then redis.call('HSET', KEYS[1], unpack(pairs)) end
                pairs = {}
            end
            for item, value in next, fresh do
                pairs[#pairs + 1] = item
                pairs[#pairs + 1] = value
                written = written + 1
                if #pairs == 1000 then write() end
            end
            write()
            return written
            """
        case .saveList:
            """
            \(Self.saveListFunction)
            return saveList(KEYS[1], ARGV[1], ARGV[2])
            """
        case .advanceJobs:
            """
            \(Self.advanceJobsFunction)
            return advanceJobs(1)
            """
        case .finishJobs:
            """
            \(Self.saveListFunction)
            \(Self.advanceJobsFunction)
            saveList(KEYS[1], ARGV[1], ARGV[2])
            return advanceJobs(2)
            """
        case .raiseClock:
            """
            \(Self.isNewer)
            local known = redis.call('GET', KEYS[1])
            if known and not isNewer(ARGV[1], known) then return known end
            redis.call('SET', KEYS[1], ARGV[1])
            return ARGV[1]
            """
        case .createAccount: Self.createAccountSource
        case .findAccount: Self.findAccountSource
        case .changeAccount: Self.changeAccountSource
        case .deleteAccount: Self.deleteAccountSource
        case .restoreAccount: Self.restoreAccountSource
        case .restoreRemoval: Self.restoreRemovalSource
        case .openSession: Self.openSessionSource
        case .useSession: Self.useSessionSource
        case .countAttempt: Self.countAttemptSource
        case .forgiveAttempt: Self.forgiveAttemptSource
        case .countExposure: Self.countExposureSource
        case .countOutcomes: Self.countOutcomesSource
        case .replaceValue:
            """
            local known = redis.call('GET', KEYS[1])
            if known and known ~= ARGV[1] then return known end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return false
            """
        case .countRequest:
            """
            local time = redis.call('TIME')
            local now, leads, isOpen = time[1] * 1000000 + time[2], {}, true
            for i, key in ipairs(KEYS) do
                leads[i] = math.max(0, (tonumber(redis.call('GET', key)) or 0) - now)
                if leads[i] + ARGV[2 * i - 1] > tonumber(ARGV[2 * i]) then isOpen = false end
            end
            for i, key in ipairs(KEYS) do
                local lead = leads[i] + ARGV[2 * i - 1]
                if isOpen then
                    redis.call('SET', key, string.format('%.0f', now + lead), 'PX', string.format('%.0f', lead / 1000 + 1))
                end
            end
            return leads
            """
        }
    }

    /// Whether `a` begins with a later version than `b`; what is no version is earlier than any.
    private static let isNewer = """
        local function half(text, first) return tonumber(string.sub(text, first, first + 11), 16) or -1 end
        local function isNewer(a, b)
            local x, y = half(a, 1), half(b, 1)
            if x ~= y then return x > y end
            return half(a, 13) > half(b, 13)
        end
        """

    private static let saveListFunction = """
        \(isNewer)
        local function saveList(key, list, lifetime)
            local known = redis.call('GETRANGE', key, 0, 23)
            if #known == 24 and isNewer(known, list) then return 0 end
            redis.call('SET', key, list, 'PX', lifetime)
            return 1
        end
        """

    private static let advanceJobsFunction = """
        local function advanceJobs(first)
            local found = {}
            for i = first, #KEYS do
                local record = ARGV[2 * i - 1]
                local rank = tonumber(redis.call('GETRANGE', KEYS[i], 0, 1))
                if rank and rank >= tonumber(string.sub(record, 1, 2)) then
                    found[#found + 1] = redis.call('GET', KEYS[i])
                else
                    redis.call('SET', KEYS[i], record, 'PX', ARGV[2 * i])
                    found[#found + 1] = false
                end
            end
            return found
        end
        """
}
