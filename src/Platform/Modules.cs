namespace Platform;

/// <summary>The modules in the order in which Program names them.</summary>
public sealed class Modules(WebApplicationBuilder builder)
{
    private readonly List<Action<WebApplication>> _maps = [];

    /// <summary>Registers a module's services now and remembers its routes.</summary>
    public Modules Add<TModule>() where TModule : IModule
    {
        TModule.AddServices(builder);
        _maps.Add(TModule.Map);
        return this;
    }

    /// <summary>Maps the routes of all modules.</summary>
    public void Map(WebApplication app) => _maps.ForEach(map => map(app));
}
