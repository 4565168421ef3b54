package io.observability.starter.context.autoconfigure;

import io.observability.starter.context.CarriedTasks;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskDecorator;

/**
 * Ties tasks to the caller's context, around the decorator that the application set.
 */
final class CarryingTaskDecorator implements TaskDecorator {

    private final @Nullable TaskDecorator application;

    CarryingTaskDecorator(@Nullable TaskDecorator application) {
        this.application = application;
    }

    @Override
    public Runnable decorate(Runnable runnable) {
        // Ours is the outer one: a span that the application's decorator begins on the
        // worker is a child of the caller's.
        return CarriedTasks.carry((this.application != null) ? this.application.decorate(runnable) : runnable);
    }

}
