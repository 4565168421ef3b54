package io.observability.starter.logging.redaction;

import java.util.List;

/**
 * Keys that are masked by default. They end with a telling word: {@code token} is masked,
 * {@code token_count} is a figure.
 */
final class StandardKeys {

    static final List<String> MASKED = List.of("*password", "*passwd", "*pwd", "*passphrase", "*passcode", "*passwort",
            "pass", "passwords", "*dbpass", "*userpass", "*keypass", "*storepass", "*password-hash", "*password-value",
            "*password-confirm*", "*password-repeat", "*secret", "*secret-value", "*secret-key", "*token",
            "*token-value", "*api-key", "*access-key", "*private-key", "*signing-key", "*encryption-key", "*master-key",
            "*shared-key", "*account-key", "*auth-key", "*authorization", "*authorization-code", "*auth-code",
            "*credential", "*credentials", "*cookie", "*jsessionid", "*jwt", "bearer", "csrf", "xsrf", "pin", "otp",
            "*one-time-password", "*cvv", "*cvc", "*x-amz-signature", "*shared-access-signature");

    static final List<String> ALLOWED = List.of("*page-token", "*continuation-token", "*cursor-token", "*cancel-token",
            "*cancellation-token", "*idempotency-token", "*sync-token", "*first-token", "*per-token", "*stop-token",
            "*eos-token", "*bos-token", "*pad-token", "*next-token", "*unexpected-token", "has-password", "has-token",
            "has-secret", "has-credentials", "requires-password");

    private StandardKeys() {
    }

}
