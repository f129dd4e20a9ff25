using Platform.Features.Accounts.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Organizations.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A member who can be asked.</summary>
public sealed record ReviewPerson(PersonView Person, MembershipView Membership)
{
    /// <summary>As approvals look at them.</summary>
    public Reviewer Reviewer => new(Person.Id, Person.Name, Membership.Role);

    /// <summary>Whether the member was given all of these channels.</summary>
    public bool MayUse(IEnumerable<string> channelIds) => Membership.Channels is not { } given || channelIds.All(given.Contains);
}

/// <summary>Finds the people of an approval.</summary>
public sealed class ReviewPeople(IOrganizations organizations, IAccounts accounts)
{
    /// <summary>The members who may do anything.</summary>
    public async Task<IReadOnlyList<ReviewPerson>> MembersAsync(string organizationId, CancellationToken cancellationToken)
    {
        var members = (await organizations.MembersAsync(organizationId, cancellationToken)).Where(m => !m.Suspended).ToDictionary(m => m.UserId);
        var people = new List<ReviewPerson>();
        foreach (var some in members.Keys.Chunk(200))
        {
            people.AddRange((await accounts.FindAsync(some, cancellationToken)).Values.Select(person => new ReviewPerson(person, members[person.Id])));
        }
        return people;
    }

    /// <summary>Those who are asked now and have not answered.</summary>
    public static IReadOnlyList<ReviewPerson> Asked(Review review, IEnumerable<ReviewPerson> members) =>
        [.. members.Where(m => review.Asks(m.Reviewer) && m.MayUse(review.ChannelIds)).OrderBy(m => m.Person.Name, StringComparer.CurrentCulture)];
}
