package io.observability.starter.logging.redaction;

import java.util.Locale;

/**
 * Kinds of secrets that are found by what the text looks like.
 *
 * @since 0.1.0
 */
public enum SecretKind {

    /**
     * Value beside a telling key in free text: {@code password=…}, {@code "token":"…"}.
     */
    KEY_VALUE,

    /** Token after {@code Bearer} or {@code Basic}. */
    BEARER,

    /** Password in a URL: {@code scheme://user:password@host}. */
    URL_PASSWORD,

    /** JSON web token. */
    JWT,

    /** Token with a prefix by which its issuer is known, such as {@code AKIA}. */
    KNOWN_TOKEN,

    /** Private key in PEM. */
    PRIVATE_KEY,

    /** Number of a payment card; the last four digits stay. */
    CARD,

    /** Local part of an e-mail address. */
    EMAIL;

    /**
     * Name of the kind in configuration and on metrics.
     * @return the name
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

}
