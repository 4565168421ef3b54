package io.observability.sample.shop.problem;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers errors as {@code application/problem+json}, and says for an invalid body which
 * fields are wrong and why. What nobody expected is left to the container, which logs it.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<InvalidField> errors = ex.getBindingResult()
            .getFieldErrors()
            .stream()
            .map((error) -> new InvalidField(error.getField(), error.getDefaultMessage()))
            .sorted()
            .toList();
        ex.getBody().setProperty("errors", errors);
        return super.handleMethodArgumentNotValid(ex, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<InvalidField> errors = ex.getParameterValidationResults()
            .stream()
            .flatMap((result) -> result.getResolvableErrors()
                .stream()
                .map((error) -> new InvalidField(String.valueOf(result.getMethodParameter().getParameterName()),
                        error.getDefaultMessage())))
            .sorted()
            .toList();
        ex.getBody().setProperty("errors", errors);
        return super.handleHandlerMethodValidationException(ex, headers, status, request);
    }

    /**
     * One field that is wrong.
     *
     * @param field path of the field in the body, or name of the parameter
     * @param message why it is wrong
     */
    record InvalidField(String field, @Nullable String message) implements Comparable<InvalidField> {

        @Override
        public int compareTo(InvalidField other) {
            return this.field.compareTo(other.field);
        }

    }

}
