-- wrk asks for the addresses of a file, one after the other, and says in the end what came of it.
local requests, at = {}, 0

function init(arguments)
   for line in io.lines(arguments[1]) do
      requests[#requests + 1] = wrk.format("GET", line)
   end
end

function request()
   at = at % #requests + 1
   return requests[at]
end

function done(summary)
   local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
   print(string.format("told: %d %d %d %d", summary.requests, summary.duration, summary.bytes, failed))
end
