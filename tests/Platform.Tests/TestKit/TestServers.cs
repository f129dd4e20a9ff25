namespace Platform.Tests.TestKit;

/// <summary>Addresses of real servers, from the environment; a test without its server reports itself as skipped, by name.</summary>
public static class TestServers
{
    /// <summary>The variable's value; skips the running test where it is not set.</summary>
    public static string Require(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(value), $"{variable} is not set: start the server (.ci/run starts them all)");
        return value!;
    }
}
