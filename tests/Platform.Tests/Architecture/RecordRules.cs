using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Architecture;

/// <summary>Every stored record says whose it is.</summary>
public sealed class RecordRules
{
    [Fact]
    public void Every_stored_record_is_owned_by_an_organization_or_marked_as_the_platforms() =>
        Unowned(typeof(Program).Assembly.GetTypes()).ShouldBeEmpty();

    [Fact]
    public void Ownership_rule_bites() =>
        Unowned([typeof(Ownerless), typeof(Owned), typeof(Both)]).ShouldBe([nameof(Ownerless), nameof(Both)]);

    [Fact]
    public void No_record_is_declared_without_a_collection()
    {
        var declared = Declared();
        Records(typeof(Program).Assembly.GetTypes()).Where(t => !declared.Contains(t)).Select(t => t.FullName).ShouldBeEmpty();
    }

    // Asks the modules alone, without starting the app: a part that cannot start yet must not hide an undeclared record.
    private static HashSet<Type> Declared()
    {
        var builder = WebApplication.CreateBuilder([$"--Platform:DataDirectory={Path.GetTempPath()}"]);
        var modules = typeof(Program).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IModule).IsAssignableFrom(t));
        foreach (var module in modules) { module.GetMethod(nameof(IModule.AddServices))!.Invoke(null, [builder]); }
        return [.. builder.Services.Where(s => s.ServiceType == typeof(ICollection)).Select(s => ((ICollection)s.ImplementationInstance!).Type)];
    }

    private static IEnumerable<string> Unowned(IEnumerable<Type> types) =>
        Records(types).Where(t => typeof(IOrganizationOwned).IsAssignableFrom(t) == typeof(IPlatformOwned).IsAssignableFrom(t)).Select(t => t.Name);

    private static IEnumerable<Type> Records(IEnumerable<Type> types) => types.Where(t => t.IsSubclassOf(typeof(Document)) && !t.IsAbstract);

    private sealed record Ownerless : Document;
    private sealed record Owned(string OrganizationId) : Document, IOrganizationOwned;
    private sealed record Both(string OrganizationId) : Document, IOrganizationOwned, IPlatformOwned;
}
