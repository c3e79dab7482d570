// What is counted of experiments, each call in one step: one that came twice changes nothing the second time.
extension RedisScript {
    static let countExposureSource = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        local now, place, observedUntil = tonumber(ARGV[1]), 3, 0
        local function keep(key, moment)
            if redis.call('PTTL', key) < moment - now then redis.call('PEXPIREAT', key, moment) end
        end
        for i = 4, #KEYS do
            local phase, variant, length, window, partEnd, countsEnd = unpack(ARGV, place, place + 5)
            local period = math.floor(now / length)
            local first, last, kept = string.match(redis.call('HGET', KEYS[2], phase) or '', '^(%d+) (%d+) (.+)$')
            if not first then
                first, last, kept = now, -1, variant
                redis.call('HINCRBY', KEYS[i], string.format('%.0f %s users', period, kept), 1)
                keep(KEYS[i], countsEnd)
            end
            if period > tonumber(last) then
                redis.call('HINCRBY', KEYS[i], string.format('%.0f %s exposures', period, kept), 1)
                redis.call('HSET', KEYS[2], phase, string.format('%.0f %.0f %s', first, period, kept))
                keep(KEYS[2], partEnd)
            end
            if now < first + window then observedUntil = math.max(observedUntil, first + window) end
            place = place + 6
        end
        if observedUntil == 0 or place > #ARGV then return 1 end
        local room, shown, fresh = ARGV[2] - redis.call('HLEN', KEYS[3]), redis.call('HMGET', KEYS[3], unpack(ARGV, place)), {}
        for i = 1, #ARGV - place + 1 do
            if not shown[i] and #fresh < 2 * room then
                fresh[#fresh + 1] = ARGV[place + i - 1]
                fresh[#fresh + 1] = ARGV[1]
            end
        end
        if #fresh > 0 then redis.call('HSET', KEYS[3], unpack(fresh)) end
        keep(KEYS[3], string.format('%.0f', observedUntil))
        return 1
        """

    static let countOutcomesSource = """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        local counted = 0
        for i = 2 + 3 * (#KEYS - 2), #ARGV, 4 do
            local outcome, item, amount, at = unpack(ARGV, i, i + 3)
            local shown = redis.call('HGET', KEYS[2], item)
            local since = tonumber(string.match(shown or '', '^%d+'))
            if since and since <= tonumber(at) and not string.find(shown, ' ' .. outcome, 1, true) then
                redis.call('HSET', KEYS[2], item, shown .. ' ' .. outcome)
                for k = 3, #KEYS do
                    local phase, length, window = unpack(ARGV, 3 * k - 7, 3 * k - 5)
                    local first, _, variant = string.match(redis.call('HGET', KEYS[1], phase) or '', '^(%d+) (%d+) (.+)$')
                    if first and at - first >= 0 and at - first < tonumber(window) then
                        local before = tonumber(redis.call('HGET', KEYS[1], phase .. ' ' .. outcome)) or 0
                        local added = math.min(tonumber(amount), ARGV[1] - before)
                        local field = string.format('%.0f %s %s', math.floor(first / length), variant, outcome)
                        redis.call('HINCRBY', KEYS[1], phase .. ' ' .. outcome, added)
                        redis.call('HINCRBY', KEYS[k], field, added)
                        redis.call('HINCRBY', KEYS[k], field .. '^2', string.format('%.0f', added * (2 * before + added)))
                        counted = counted + 1
                    end
                end
            end
        end
        return counted
        """
}
