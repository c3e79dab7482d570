-- Posts a rating of a random item by a random user, over and over; used by rating_updates.py.
-- Item ids are read from the file that ITEMS names.
local thread
function setup(created) thread = created end

function init()
    items = {}
    for id in io.lines(os.getenv("ITEMS")) do items[#items + 1] = id end
    math.randomseed(1)
    accepted, refused, last = 0, 0, ""
end

function request()
    local body = string.format('{"rating":%.1f}', math.random(1, 10) / 2)
    local path = string.format("/v1/users/%d/ratings/%s", math.random(610), items[math.random(#items)])
    return wrk.format("PUT", path, { ["Content-Type"] = "application/json" }, body)
end

function response(status, headers, body)
    if status == 202 then
        accepted = accepted + 1
        last = body:match('"id":"([^"]+)"')
    else
        refused = refused + 1
    end
end

function done()
    io.write(string.format("\naccepted %d refused %d last %s\n", thread:get("accepted"), thread:get("refused"), thread:get("last")))
end
