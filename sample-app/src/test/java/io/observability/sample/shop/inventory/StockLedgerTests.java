package io.observability.sample.shop.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.observability.sample.shop.inventory.message.ReservationItem;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StockLedgerTests {

    private static final int THREADS = 12;

    private final HikariDataSource dataSource = new HikariDataSource();

    private JdbcClient jdbc;

    private StockLedger ledger;

    @BeforeEach
    void createDatabase() {
        this.dataSource.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        this.dataSource.setMaximumPoolSize(THREADS);
        Flyway.configure().dataSource(this.dataSource).load().migrate();
        this.jdbc = JdbcClient.create(this.dataSource);
        this.ledger = new StockLedger(this.jdbc, new TransactionTemplate(new JdbcTransactionManager(this.dataSource)));
    }

    @AfterEach
    void closeDatabase() {
        this.jdbc.sql("shutdown").update();
        this.dataSource.close();
    }

    @Test
    void reservesAllItemsOfAnOrder() {
        assertThat(this.ledger.reserve(UUID.randomUUID(), items(1, 2, 5, 3))).isTrue();
        assertThat(available(1)).isEqualTo(198);
        assertThat(available(5)).isEqualTo(197);
    }

    @Test
    void whenOneItemIsMissingTakesNothing() {
        assertThatExceptionOfType(OutOfStockException.class)
            .isThrownBy(() -> this.ledger.reserve(UUID.randomUUID(), items(1, 2, 5, 201)))
            .satisfies((ex) -> assertThat(ex.getBody().getProperties()).containsEntry("productId", 5L));
        assertThat(available(1)).isEqualTo(200);
        assertThat(available(5)).isEqualTo(200);
    }

    @Test
    void whenManyOrdersCompeteNothingIsSoldTwice() throws Exception {
        // 240 pairs are asked for and 200 of each are there; half of the orders name the
        // products the other way round, which is how lock orders deadlock.
        List<Boolean> reserved = inParallel(240, (number) -> {
            try {
                return this.ledger.reserve(UUID.randomUUID(),
                        (number % 2 == 0) ? items(1, 1, 2, 1) : items(2, 1, 1, 1));
            }
            catch (OutOfStockException ex) {
                return false;
            }
        });
        assertThat(reserved).filteredOn(Boolean::booleanValue).hasSize(200);
        assertThat(available(1)).isZero();
        assertThat(available(2)).isZero();
    }

    @Test
    void whenTheSameOrderAsksManyTimesAtOnceTakesOnce() throws Exception {
        UUID order = UUID.randomUUID();
        List<Boolean> reserved = inParallel(THREADS, (number) -> this.ledger.reserve(order, items(1, 5, 2, 1)));
        assertThat(reserved).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(available(1)).isEqualTo(195);
    }

    @Test
    void releaseGivesBackOnce() throws Exception {
        UUID order = UUID.randomUUID();
        this.ledger.reserve(order, items(1, 5, 2, 1));
        List<Boolean> released = inParallel(THREADS, (number) -> this.ledger.release(order));
        assertThat(released).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(available(1)).isEqualTo(200);
        assertThat(available(2)).isEqualTo(200);
    }

    @Test
    void whenTheReleaseOvertakesTheReservationNothingStaysTaken() {
        UUID order = UUID.randomUUID();
        assertThat(this.ledger.release(order)).isFalse();
        assertThatExceptionOfType(ReservationReleasedException.class)
            .isThrownBy(() -> this.ledger.reserve(order, items(1, 5, 2, 1)));
        assertThat(available(1)).isEqualTo(200);
    }

    @Test
    void whenReleaseAndReservationRaceNothingStaysTaken() throws Exception {
        for (int round = 0; round < 20; round++) {
            UUID order = UUID.randomUUID();
            inParallel(2, (number) -> {
                if (number == 0) {
                    return this.ledger.release(order);
                }
                try {
                    return this.ledger.reserve(order, items(1, 5, 2, 1));
                }
                catch (ReservationReleasedException ex) {
                    return false;
                }
            });
            assertThat(available(1)).isEqualTo(200);
        }
    }

    @Test
    void restockFillsUpWhatRunsLow() {
        this.ledger.reserve(UUID.randomUUID(), items(1, 151, 2, 150));
        assertThat(this.ledger.restock()).isOne();
        assertThat(available(1)).isEqualTo(200);
        assertThat(available(2)).isEqualTo(50);
    }

    @Test
    void forgetsOldReservationsWithTheirLines() {
        this.ledger.reserve(UUID.randomUUID(), items(1, 1, 2, 1));
        assertThat(this.ledger.forget(Duration.ofMinutes(1))).isZero();
        assertThat(this.ledger.forget(Duration.ofMinutes(-1))).isOne();
        assertThat(this.jdbc.sql("select count(*) from reservation_line").query(Integer.class).single()).isZero();
    }

    private int available(long productId) {
        return this.ledger.available(productId).orElseThrow();
    }

    private static List<ReservationItem> items(long first, int firstQuantity, long second, int secondQuantity) {
        return List.of(new ReservationItem(first, firstQuantity), new ReservationItem(second, secondQuantity));
    }

    private static List<Boolean> inParallel(int calls, NumberedCall call) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(Math.min(calls, THREADS));
            List<Callable<Boolean>> tasks = IntStream.range(0, calls).<Callable<Boolean>>mapToObj((number) -> () -> {
                if (number < THREADS) {
                    start.await();
                }
                return call.make(number);
            }).toList();
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
        finally {
            executor.shutdownNow();
        }
    }

    private interface NumberedCall {

        boolean make(int number);

    }

}
