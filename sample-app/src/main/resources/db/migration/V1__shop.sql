create table product (
    id bigint primary key,
    sku varchar(32) not null unique,
    name varchar(120) not null,
    category varchar(40) not null,
    colour varchar(40) not null
);
create index product_by_category on product (category, id);

create table price (
    product_id bigint primary key references product (id),
    amount numeric(10, 2) not null check (amount > 0),
    currency varchar(3) not null,
    discount_percent int not null check (discount_percent between 0 and 90)
);

create table shop_order (
    id uuid primary key,
    email varchar(254) not null,
    total numeric(14, 2) not null,
    currency varchar(3) not null,
    placed_at timestamp with time zone not null
);
create index shop_order_by_time on shop_order (placed_at);

create table shop_order_line (
    order_id uuid not null references shop_order (id) on delete cascade,
    product_id bigint not null references product (id),
    quantity int not null check (quantity > 0),
    unit_price numeric(10, 2) not null,
    primary key (order_id, product_id)
);
create index shop_order_line_by_product on shop_order_line (product_id, quantity);
