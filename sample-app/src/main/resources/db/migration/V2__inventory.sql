create table stock (
    product_id bigint primary key,
    available int not null check (available >= 0),
    low int not null,
    target int not null
);

create table reservation (
    order_id uuid primary key,
    state varchar(16) not null,
    created_at timestamp with time zone not null
);
create index reservation_by_time on reservation (created_at);

create table reservation_line (
    order_id uuid not null references reservation (order_id) on delete cascade,
    product_id bigint not null references stock (product_id),
    quantity int not null check (quantity > 0),
    primary key (order_id, product_id)
);
