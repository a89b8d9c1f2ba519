import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * How does a test get an OpenSearch node of its own? `java TestNode DIRECTORY`, whose
 * config/opensearch.yml says the rest. Started this way, without the distribution's bootstrap, it
 * needs no user of its own and no setting of the kernel.
 */
public final class TestNode extends Node {
    private static final List<String> MODULES =
        List.of(
            "org.opensearch.transport.Netty4ModulePlugin",
            "org.opensearch.analysis.common.CommonAnalysisModulePlugin",
            "org.opensearch.index.reindex.ReindexModulePlugin",
            "org.opensearch.painless.PainlessModulePlugin");

    private TestNode(Environment environment, Collection<PluginInfo> modules) {
        super(environment, modules, true);
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(
                Settings.builder().put("path.home", directory).build(),
                Map.of(),
                directory.resolve("config"),
                () -> "glose");
        LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(environment.settings()));
        LogConfigurator.configure(environment);
        Collection<PluginInfo> modules = new ArrayList<>();
        List<String> names = new ArrayList<>(MODULES);
        // plugins whose jars are not among those of every test
        names.addAll(List.of(System.getProperty("glose.plugins", "").split(",")));
        names.removeIf(String::isEmpty);
        for (String name : names) {
            // a node would start without a module that is not there, and fail later
            Class.forName(name);
            modules.add(
                new PluginInfo(name, "", "", Version.CURRENT, "21", name, List.of(), false));
        }
        TestNode node = new TestNode(environment, modules);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        Thread.currentThread().join();
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (Exception error) {
            error.printStackTrace();
        }
    }
}
