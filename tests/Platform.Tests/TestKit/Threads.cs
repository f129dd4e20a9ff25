using System.Runtime.CompilerServices;

namespace Platform.Tests.TestKit;

/// <summary>
/// Tests of pages wait on their thread (bUnit's WaitForState), and so does the start of an app. On two cores the pool would begin with two threads and
/// add one or two a second: everything that needs a thread would wait for seconds, whatever it is. So the pool begins with enough.
/// </summary>
internal static class Threads
{
#pragma warning disable CA2255 // a test process is an application
    [ModuleInitializer]
    internal static void Begin() => ThreadPool.SetMinThreads(64, 64);
#pragma warning restore CA2255
}
