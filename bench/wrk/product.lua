-- GET /api/inventory/:product_id of any product. Arguments: tokens=FILE seed=N products=N; hot=N share=0.9: that share
-- of the reads is for the first `hot` products.
local common = dofile(os.getenv("WRK_SCRIPTS") .. "/common.lua")
local args, rows

function init(given)
  args = common.arguments(given)
  rows = common.rows(args.tokens)
end

function request()
  local most = (args.hot and math.random() < args.share) and args.hot or args.products
  return common.get("/api/inventory/" .. math.random(most), rows[math.random(#rows)][1])
end
