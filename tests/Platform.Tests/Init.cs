using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Platform.Tests;

/// <summary>bUnit asks for AngleSharp.Diffing 1.0, which the feed lacks; 0.17 does what we use of it (PACKAGES facts, 0.2).</summary>
internal static class Init
{
    [ModuleInitializer]
    public static void Run() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name is { Name: "AngleSharp.Diffing", Version.Major: 1 } ? context.LoadFromAssemblyName(new AssemblyName("AngleSharp.Diffing")) : null;
}
