-- Each request of wrk is unlike the last, so that nothing of a whole request is remembered.
local number = 0

function request()
  number = number + 1
  wrk.headers["X-Number"] = number
  return wrk.format()
end
