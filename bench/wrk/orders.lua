-- POST /api/orders. Arguments: tokens=FILE seed=N products=N lines=N (3), and for a grown catalogue often=N share=0.9:
-- that share of the lines is for `often` products spread over the catalogue, the rest for any.
local common = dofile(os.getenv("WRK_SCRIPTS") .. "/common.lua")
local args, rows

function init(given)
  args = common.arguments(given)
  rows = common.rows(args.tokens)
  args.lines = math.min(args.lines or 3, args.products)
end

local function product()
  if args.often and math.random() < args.share then
    return 1 + math.floor((math.random(args.often) - 1) * args.products / args.often)
  end
  return math.random(args.products)
end

function request()
  local row = rows[math.random(#rows)]
  local items, seen = {}, {}
  while #items < args.lines do
    local id = product()
    if not seen[id] then
      seen[id] = true
      items[#items + 1] = '{"product_id":' .. id .. ',"quantity":' .. math.random(3) .. "}"
    end
  end
  return common.post("/api/orders", row[1], '{"user_id":' .. row[2] .. ',"items":[' .. table.concat(items, ",") .. "]}")
end
