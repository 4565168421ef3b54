package io.observability.sample.shop.failure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every connection of the pool as soon as it is free and keeps it, as transactions
 * do that wait for a database that does not answer.
 */
final class DatabaseHang implements Disturbance {

    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseHang.class);

    private static final int MAX_CONNECTIONS = 1000;

    private final DataSource dataSource;

    DatabaseHang(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public FailureKind kind() {
        return FailureKind.DATABASE;
    }

    @Override
    public Ending begin(Failure failure) {
        Thread thread = new Thread(this::hang, "database-hang");
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    private void hang() {
        List<Connection> taken = new ArrayList<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                take(taken);
            }
        }
        finally {
            taken.forEach(DatabaseHang::giveBack);
        }
    }

    private void take(List<Connection> taken) {
        if (taken.size() < MAX_CONNECTIONS) {
            try {
                taken.add(this.dataSource.getConnection());
                return;
            }
            catch (SQLException ex) {
                LOGGER.debug("No connection is left to take, {} are taken", taken.size());
            }
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        }
        catch (SQLException ex) {
            LOGGER.warn("A connection could not be given back: {}", ex.getMessage());
        }
    }

}
