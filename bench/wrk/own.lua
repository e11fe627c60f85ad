-- GET of what belongs to a customer. Arguments: rows=FILE with lines "token TAB id", seed=N, path=/api/orders/
local common = dofile(os.getenv("WRK_SCRIPTS") .. "/common.lua")
local args, rows

function init(given)
  args = common.arguments(given)
  rows = common.rows(args.rows)
end

function request()
  local row = rows[math.random(#rows)]
  return common.get(args.path .. row[2], row[1])
end
