namespace Platform;

/// <summary>
/// A room or a feature wires itself up here and nowhere else. Program lists them; modules and Program may see everything.
/// </summary>
public interface IModule
{
    /// <summary>Registers services, options, jobs, collections and menu entries.</summary>
    static abstract void AddServices(WebApplicationBuilder builder);

    /// <summary>Maps routes and middleware that belong to this module alone.</summary>
    static abstract void Map(WebApplication app);
}
