package io.observability.promcard;

/**
 * There is no answer to the question whether a label is over the threshold. The message
 * is for the user: it says what was asked, what came back and what may help.
 */
final class CouldNotTellException extends Exception {

    CouldNotTellException(String message) {
        super(message);
    }

}
