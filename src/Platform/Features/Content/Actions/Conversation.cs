using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A member who can be named in a comment.</summary>
public sealed record Mentionable(string Id, string Name);

/// <summary>What a page needs to show and take comments.</summary>
public sealed class Conversation(ListComments list, AddComment add, ChangeComment change, ReviewPeople people)
{
    /// <summary>Lists them.</summary>
    public ListComments List => list;

    /// <summary>Adds one.</summary>
    public AddComment Add => add;

    /// <summary>Changes one.</summary>
    public ChangeComment Change => change;

    /// <summary>Who can be named; nobody for a reviewer from outside.</summary>
    public async Task<IReadOnlyList<Mentionable>> MentionableAsync(Caller caller, CancellationToken cancellationToken) => caller.May(Permission.ContentRead)
        ? [.. (await people.MembersAsync(caller.OrganizationId, cancellationToken)).Where(m => m.Person.Id != caller.UserId).Select(m => new Mentionable(m.Person.Id, m.Person.Name)).OrderBy(m => m.Name, StringComparer.CurrentCulture)]
        : [];
}
