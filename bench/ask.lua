-- Asks each query of a file once, the threads of wrk sharing them out, and says when that begins and ends.
-- Arguments: the file of paths, the number of threads, and how many answers are waited for.
-- wrk itself stays asleep until its time is over: who started it measures the time, and interrupts it.

local threads = {}

function setup(thread)
   thread:set("id", #threads)
   table.insert(threads, thread)
end

function init(arguments)
   local share = tonumber(arguments[2])
   wanted, asked, answered, refused, bytes = tonumber(arguments[3]) / share, 0, 0, 0, 0
   requests = {}
   local number = 0
   for path in io.lines(arguments[1]) do
      if number % share == id then requests[#requests + 1] = wrk.format("GET", path) end
      number = number + 1
   end
end

local function say(what)
   io.write(what, "\n")
   io.flush()
end

function request()
   if asked == 0 then say("started") end
   asked = asked + 1
   return requests[asked] -- there are more than answers are waited for, so that no connection runs out of them
end

function response(status, headers, body)
   answered = answered + 1
   bytes = bytes + #body
   if status ~= 200 then refused = refused + 1 end
   if answered == wanted then
      wrk.thread:stop()
      say("finished")
   end
end

function done(summary, latency)
   local total = { answered = 0, refused = 0, bytes = 0 }
   for _, thread in ipairs(threads) do
      for name in pairs(total) do total[name] = total[name] + thread:get(name) end
   end
   local errors = summary.errors
   say(string.format(
      '{"answered": %d, "refused": %d, "bytes": %d, "broken": %d, "p50": %f, "p99": %f}',
      total.answered, total.refused, total.bytes, errors.connect + errors.read + errors.write + errors.timeout,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
