-- GET of one path, by any customer. Arguments: tokens=FILE seed=N path=/api/…
local common = dofile(os.getenv("WRK_SCRIPTS") .. "/common.lua")
local args, rows

function init(given)
  args = common.arguments(given)
  rows = common.rows(args.tokens)
end

function request() return common.get(args.path, rows[math.random(#rows)][1]) end
