using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Lists the networks of this installation, ready or not, and what is missing.</summary>
public sealed class ListNetworks(INetworks networks)
{
    /// <summary>Does it.</summary>
    public Result<IReadOnlyList<NetworkDescriptor>> Run(Caller caller) =>
        caller.May(Permission.ContentRead) ? networks.All.Select(network => network.Descriptor).ToList() : Problem.Forbidden();
}
