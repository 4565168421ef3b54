package io.observability.starter.context.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.support.AopUtils;
import org.springframework.cglib.core.CodeGenerationException;
import org.springframework.cglib.core.NamingPolicy;
import org.springframework.cglib.proxy.Callback;
import org.springframework.cglib.proxy.CallbackFilter;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.Factory;
import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.MethodProxy;
import org.springframework.cglib.proxy.NoOp;
import org.springframework.objenesis.ObjenesisException;
import org.springframework.objenesis.SpringObjenesis;

/**
 * Makes subclasses of the JDK's own executors. Spring's proxies would be defined in the
 * package of the executor, which the JDK does not open to anybody; these are defined in
 * ours. Apart from that they are proxies of Spring, and unwrap in the same way.
 */
final class JdkExecutorSubclass {

    private static final SpringObjenesis OBJENESIS = new SpringObjenesis();

    private static final Class<?>[] INTERFACES = { SpringProxy.class, Advised.class };

    private static final Class<?>[] CALLBACKS = { MethodInterceptor.class, NoOp.class };

    // Spring knows its proxies, and the class behind them, by the '$$'.
    private static final NamingPolicy NAMES = (prefix, source, key, taken) -> {
        String name = JdkExecutorSubclass.class.getName() + "$$" + prefix.substring(prefix.lastIndexOf('.') + 1);
        return taken.evaluate(name) ? name + "$" + Integer.toHexString(key.hashCode()) : name;
    };

    private JdkExecutorSubclass() {
    }

    /**
     * Make a subclass of an executor and one instance of it.
     * @param target the executor to hand the calls to, of a public class that is not
     * final
     * @param advised what the instance says of itself as a proxy
     * @param interceptor what is done to the calls
     * @return the instance
     */
    static Object of(Object target, Advised advised, CarryingInterceptor interceptor) {
        try {
            Enhancer enhancer = new Enhancer();
            enhancer.setClassLoader(JdkExecutorSubclass.class.getClassLoader());
            enhancer.setSuperclass(target.getClass());
            // Replaces what the line above set: the class next to which ours is defined.
            enhancer.setContextClass(JdkExecutorSubclass.class);
            enhancer.setNamingPolicy(NAMES);
            enhancer.setInterfaces(INTERFACES);
            enhancer.setCallbackFilter(PublicMethods.FILTER);
            enhancer.setCallbackTypes(CALLBACKS);
            // Without its constructor, which would make a second pool.
            Class<?> type = enhancer.createClass();
            Object instance = OBJENESIS.newInstance(type, false);
            ((Factory) instance)
                .setCallbacks(new Callback[] { new Delegation(target, advised, interceptor), NoOp.INSTANCE });
            return instance;
        }
        catch (CodeGenerationException | IllegalArgumentException | ObjenesisException ex) {
            throw new AopConfigException("No subclass of " + target.getClass().getName() + " can be made", ex);
        }
    }

    /**
     * What is not public the JDK does not let us call, and calls itself on the target
     * alone.
     */
    private enum PublicMethods implements CallbackFilter {

        FILTER;

        @Override
        public int accept(Method method) {
            boolean identity = method.getName().equals("equals") || method.getName().equals("hashCode");
            return (Modifier.isPublic(method.getModifiers()) && !identity) ? 0 : 1;
        }

    }

    private record Delegation(Object target, Advised advised,
            CarryingInterceptor interceptor) implements MethodInterceptor {

        @Override
        public @Nullable Object intercept(Object proxy, Method method, Object[] arguments, MethodProxy unused)
                throws Throwable {
            if (method.getDeclaringClass().isAssignableFrom(Advised.class)
                    && method.getDeclaringClass() != Object.class) {
                return AopUtils.invokeJoinpointUsingReflection(this.advised, method, arguments);
            }
            return this.interceptor.invoke(method, arguments,
                    () -> AopUtils.invokeJoinpointUsingReflection(this.target, method, arguments));
        }

    }

}
