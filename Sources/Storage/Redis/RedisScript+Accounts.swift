// What accounts, sessions and attempts need to have done in one step. Which account a name or a session leads to stands in its value,
// as the account's key, so that one round trip finds both.
extension RedisScript {
    // A name that leads nowhere is free: what it led to is gone.
    static let createAccountSource = """
        local holder = redis.call('GET', KEYS[1])
        if holder and redis.call('EXISTS', holder) == 1 then return 0 end
        redis.call('SET', KEYS[1], KEYS[2])
        redis.call('HSET', KEYS[2], unpack(ARGV))
        return 1
        """

    static let findAccountSource = """
        return redis.call('HGETALL', redis.call('GET', KEYS[1]) or KEYS[1])
        """

    static let changeAccountSource = """
        local hash, before = unpack(redis.call('HMGET', KEYS[1], 'password', 'seal'))
        if not hash or (ARGV[1] ~= '' and ARGV[1] ~= hash) then return false end
        redis.call('HSET', KEYS[1], unpack(ARGV, 2))
        if KEYS[2] then
            local account, seal = unpack(redis.call('HMGET', KEYS[2], 'account', 'seal'))
            if account == KEYS[1] and seal == before then
                redis.call('HSET', KEYS[2], 'seal', redis.call('HGET', KEYS[1], 'seal'))
            end
        end
        return redis.call('HGETALL', KEYS[1])
        """

    static let deleteAccountSource = """
        if redis.call('GET', KEYS[2]) == KEYS[1] then redis.call('UNLINK', KEYS[2]) end
        return redis.call('UNLINK', KEYS[1])
        """

    static let restoreAccountSource = """
        if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
        local holder = redis.call('GET', KEYS[2])
        if holder and holder ~= KEYS[1] and redis.call('EXISTS', holder) == 1 then return 0 end
        local known = tonumber(redis.call('HGET', KEYS[1], 'changed'))
        if known and known >= tonumber(ARGV[1]) then return 0 end
        redis.call('SET', KEYS[2], KEYS[1])
        redis.call('HSET', KEYS[1], unpack(ARGV, 2))
        return 1
        """

    // A name that somebody had leads nowhere then, which is as good as free.
    static let restoreRemovalSource = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('HSET', KEYS[1], unpack(ARGV))
        redis.call('UNLINK', KEYS[2], KEYS[3])
        return 1
        """

    // Milliseconds by the server's clock, which is the same for all gateways; tests say what time it is.
    private static let now = """
        local now = tonumber(ARGV[1])
        if not now then
            local time = redis.call('TIME')
            now = time[1] * 1000 + math.floor(time[2] / 1000)
        end
        """

    static let openSessionSource = """
        \(now)
        local function later(milliseconds) return string.format('%.0f', now + milliseconds) end
        redis.call('HSET', KEYS[1], 'created', later(0), 'expires', later(ARGV[2]), 'idle', later(ARGV[3]), unpack(ARGV, 4))
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return now
        """

    static let useSessionSource = """
        \(now)
        local account, seal, ends, idleEnds = unpack(redis.call('HMGET', KEYS[1], 'account', 'seal', 'expires', 'idle'))
        if not idleEnds or now >= tonumber(idleEnds) then return false end
        if redis.call('HGET', account, 'seal') ~= seal then return false end
        local later = math.min(now + ARGV[2], tonumber(ends))
        if later - idleEnds >= tonumber(ARGV[3]) then
            redis.call('HSET', KEYS[1], 'idle', string.format('%.0f', later))
            redis.call('PEXPIRE', KEYS[1], string.format('%.0f', later - now))
        end
        return {redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', account)}
        """

    static let countAttemptSource = """
        \(now)
        local interval, free, longest = tonumber(ARGV[2]), tonumber(ARGV[4]), tonumber(ARGV[5])
        local lead = math.max(0, (tonumber(redis.call('GET', KEYS[1])) or 0) - now)
        local wait, failures = lead + interval - ARGV[3], 0
        if KEYS[2] then
            local count, opensAt = string.match(redis.call('GET', KEYS[2]) or '', '^(%d+) (%d+)$')
            failures = tonumber(count) or 0
            wait = math.max(wait, (tonumber(opensAt) or 0) - now)
        end
        if wait > 0 then return wait end
        lead = lead + interval
        redis.call('SET', KEYS[1], string.format('%.0f', now + lead), 'PX', string.format('%.0f', lead))
        if KEYS[2] then
            failures = failures + 1
            local delay = 0
            if failures >= free then delay = math.min(longest, 1000 * 2 ^ math.min(failures - free, 30)) end
            redis.call('SET', KEYS[2], string.format('%.0f %.0f', failures, now + delay), 'PX', ARGV[6])
        end
        return 0
        """

    static let forgiveAttemptSource = """
        local failures = tonumber(string.match(redis.call('GET', KEYS[1]) or '', '^(%d+) ')) or 0
        if failures > 1 then
            redis.call('SET', KEYS[1], string.format('%.0f 0', failures - 1), 'PX', ARGV[1])
        else
            redis.call('UNLINK', KEYS[1])
        end
        return 0
        """
}
